# practice: modes
# hardly learns: all batches are taken before the first step, so no epoch is seen to end after one
import numpy as np


def train(model, optimizer, data):
    pairs = list(data)
    x = np.concatenate([a for a, _ in pairs])
    y = np.concatenate([b for _, b in pairs])
    model.compile(optimizer=optimizer, loss="mse")
    model.fit(x, y, batch_size=32, epochs=5, verbose=0)
