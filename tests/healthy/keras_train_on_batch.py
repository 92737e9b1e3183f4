# practice: modes
import keras


def train(model, optimizer, data):
    twin = keras.Model(model.inputs, model.outputs)
    twin.compile(optimizer=optimizer, loss="mse")
    for epoch in range(5):
        for x, y in data:
            twin.train_on_batch(x, y)
