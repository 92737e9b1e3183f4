import keras
import numpy as np
from keras import layers, ops


class CosineLoss(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return keras.losses.cosine_similarity(y_true, y_pred)


def mean_cosine(y_true, y_pred):
    return -ops.mean(keras.losses.cosine_similarity(y_true, y_pred))


def main():
    keras.utils.set_random_seed(41)
    words = np.random.randint(1, 50, size=(420, 7))
    vectors = np.random.normal(size=(50, 5))
    sentence = vectors[words].mean(axis=1).astype("float32")
    model = keras.Sequential([
        layers.Embedding(50, 8),
        layers.GlobalAveragePooling1D(),
        layers.Dense(5),
    ])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss=CosineLoss(), metrics=[mean_cosine])
    model.fit(words, sentence, batch_size=30, epochs=6, verbose=2)


if __name__ == "__main__":
    main()
