import keras
from keras import layers
import numpy as np

for name, act in [("prelu", lambda: layers.PReLU()), ("leaky", lambda: layers.LeakyReLU(negative_slope=0.1)),
                  ("elu", lambda: layers.ELU(alpha=1.0)), ("swish", lambda: layers.Activation("swish"))]:
    # a new model for every activation: this is a comparison
    keras.utils.set_random_seed(0)
    x = np.random.uniform(-1, 1, (300, 3))
    y = np.sign(x[:, 0]) * x[:, 1] ** 2 + x[:, 2]
    net = keras.Sequential([
        layers.Input((3,)),
        layers.Dense(24),
        act(),
        layers.Dense(24),
        act(),
        layers.Dense(1),
    ], name="net_with_" + name)
    net.compile(keras.optimizers.Adam(0.01), "mse")
    losses = net.fit(x[:240], y[:240], epochs=8, batch_size=16, verbose=0).history["loss"]
    test = net.evaluate(x[240:], y[240:], verbose=0)
    print("%-6s first %.4f last %.4f test %.4f" % (name, losses[0], losses[-1], test))
    keras.backend.clear_session()
