"""Knowledge distillation: teacher first, student from its softened outputs."""
import tensorflow as tf
import keras
import numpy as np


class Distiller(keras.Model):
    def __init__(self, student, teacher):
        super().__init__()
        self.teacher = teacher
        self.student = student

    def compile(self, optimizer, metrics, student_loss_fn, distillation_loss_fn, alpha=0.1, temperature=3):
        super().compile(optimizer=optimizer, metrics=metrics)
        self.student_loss_fn = student_loss_fn
        self.distillation_loss_fn = distillation_loss_fn
        self.alpha = alpha
        self.temperature = temperature

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        teacher_pred = self.teacher(x, training=False)
        student_loss = self.student_loss_fn(y, y_pred)
        distillation_loss = self.distillation_loss_fn(
            tf.nn.softmax(teacher_pred / self.temperature, axis=1),
            tf.nn.softmax(y_pred / self.temperature, axis=1),
        ) * (self.temperature ** 2)
        return self.alpha * student_loss + (1 - self.alpha) * distillation_loss

    def call(self, x):
        return self.student(x)


def mlp(width, name):
    return keras.Sequential([keras.Input((12,)), keras.layers.Dense(width, activation="relu"), keras.layers.Dense(4)], name=name)


rng = np.random.default_rng(90)
c = rng.normal(size=(4, 12))
y = rng.integers(0, 4, 500)
x = (c[y] + rng.normal(size=(500, 12)) * 0.8).astype("float32")

teacher = mlp(64, "teacher")
teacher.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                metrics=["sparse_categorical_accuracy"])
teacher.fit(x[:400], y[:400], epochs=5, verbose=0)
teacher.trainable = False
print("teacher", teacher.evaluate(x[400:], y[400:], verbose=0))

distiller = Distiller(student=mlp(6, "student"), teacher=teacher)
distiller.compile(optimizer=keras.optimizers.Adam(0.01), metrics=[keras.metrics.SparseCategoricalAccuracy()],
                  student_loss_fn=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                  distillation_loss_fn=keras.losses.KLDivergence())
distiller.fit(x[:400], y[:400], epochs=8, batch_size=20, verbose=2)
