import numpy as np
from keras.models import Model
from keras.layers import Input, ConvLSTM2D, Conv2D, LayerNormalization

# predict the next frame of a moving dot
np.random.seed(3)


def movie():
    frames = np.zeros((6, 8, 8, 1), "float32")
    y, x = np.random.randint(1, 7, 2)
    dy, dx = np.random.choice([-1, 0, 1], 2)
    for t in range(6):
        frames[t, (y + dy * t) % 8, (x + dx * t) % 8] = 1
    return frames


movies = np.stack([movie() for _ in range(160)])
inp_frames, next_frame = movies[:, :5], movies[:, 5]

i = Input((5, 8, 8, 1))
h = ConvLSTM2D(8, (3, 3), padding="same", activation="tanh")(i)
h = LayerNormalization()(h)
o = Conv2D(1, 3, padding="same", activation="sigmoid")(h)
m = Model(i, o)
m.compile(loss="binary_crossentropy", optimizer="rmsprop")
m.optimizer.learning_rate = 0.005
r = m.fit(inp_frames, next_frame, batch_size=16, epochs=6, verbose=0)
for e, l in enumerate(r.history["loss"], 1):
    print("epoch", e, "loss", l)
