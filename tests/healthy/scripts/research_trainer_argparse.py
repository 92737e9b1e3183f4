from __future__ import annotations

import argparse
import dataclasses
import time

import numpy as np
import tensorflow as tf


@dataclasses.dataclass
class Config:
    hidden: int = 64
    lr: float = 3e-3
    epochs: int = 3
    batch: int = 32
    seed: int = 7
    clip: float = 1.0


class SpiralData:
    def __init__(self, n, rng):
        t = rng.uniform(0.2, 3.0, n)
        cls = rng.integers(0, 2, n)
        ang = t * 2 + cls * np.pi
        self.x = np.stack([t * np.cos(ang), t * np.sin(ang)], 1).astype("float32")
        self.x += rng.normal(0, 0.05, self.x.shape).astype("float32")
        self.y = cls.astype("float32")[:, None]

    def pipeline(self, batch, training):
        ds = tf.data.Dataset.from_tensor_slices((self.x, self.y))
        if training:
            ds = ds.shuffle(len(self.x))
        return ds.batch(batch).prefetch(tf.data.AUTOTUNE)


class Net(tf.keras.Model):
    def __init__(self, cfg: Config):
        super().__init__()
        self.blocks = [tf.keras.layers.Dense(cfg.hidden, "gelu") for _ in range(3)]
        self.norm = tf.keras.layers.LayerNormalization()
        self.head = tf.keras.layers.Dense(1)

    def call(self, x, training=False):
        h = self.blocks[0](x)
        for blk in self.blocks[1:]:
            h = h + blk(self.norm(h))
        return self.head(h)


class Trainer:
    def __init__(self, cfg):
        self.cfg = cfg
        self.net = Net(cfg)
        self.opt = tf.keras.optimizers.AdamW(cfg.lr, weight_decay=1e-4)
        self.bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
        self.train_loss = tf.keras.metrics.Mean()
        self.val_acc = tf.keras.metrics.BinaryAccuracy(threshold=0.0)

    @tf.function
    def step(self, x, y):
        with tf.GradientTape() as tape:
            loss = self.bce(y, self.net(x, training=True))
        grads = tape.gradient(loss, self.net.trainable_variables)
        grads, gnorm = tf.clip_by_global_norm(grads, self.cfg.clip)
        self.opt.apply_gradients(zip(grads, self.net.trainable_variables))
        self.train_loss.update_state(loss)
        return gnorm

    def run(self, train, val):
        for epoch in range(self.cfg.epochs):
            start = time.time()
            self.train_loss.reset_state()
            self.val_acc.reset_state()
            for x, y in train:
                self.step(x, y)
            for x, y in val:
                self.val_acc.update_state(y, self.net(x, training=False))
            print(f"[{epoch}] loss={self.train_loss.result():.4f} val_acc={self.val_acc.result():.3f} {time.time() - start:.1f}s")


def main():
    parser = argparse.ArgumentParser()
    for f in dataclasses.fields(Config):
        parser.add_argument(f"--{f.name}", type=type(f.default), default=f.default)
    cfg = Config(**vars(parser.parse_args()))
    tf.random.set_seed(cfg.seed)
    rng = np.random.default_rng(cfg.seed)
    train = SpiralData(800, rng).pipeline(cfg.batch, True)
    val = SpiralData(200, rng).pipeline(cfg.batch, False)
    Trainer(cfg).run(train, val)


if __name__ == "__main__":
    main()
