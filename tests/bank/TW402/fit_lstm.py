import keras
from keras import layers, ops
import numpy as np

SEQ, N = 15, 400


def build(lr):
    inp = keras.Input((SEQ, 1))
    x = layers.LSTM(16)(inp)
    x = layers.Dense(1)(x)
    m = keras.Model(inp, x)
    m.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="mse")  # HERE
    return m


def waves(seed=2):
    r = np.random.default_rng(seed)
    phase = r.uniform(0, 2 * np.pi, N)[:, None]
    freq = r.uniform(0.2, 0.5, N)[:, None]
    series = np.sin(phase + freq * np.arange(SEQ + 1)[None])
    return series[:, :SEQ, None].astype("float32"), series[:, SEQ:].astype("float32")


if __name__ == "__main__":
    keras.utils.set_random_seed(1)
    x, y = waves()
    model = build(lr=1e-9)  # HERE
    h = model.fit(x, y, epochs=6, batch_size=20, validation_split=0.2, verbose=0)
    for e, (a, b) in enumerate(zip(h.history["loss"], h.history["val_loss"]), 1):
        print(f"[{e:02d}] loss {a:.6f}  val {b:.6f}")
    pred = model.predict(x[:3], verbose=0)
    print(np.c_[pred, y[:3]])
