"""The first loss of an untrained layer: which numbers can it be?

    layer = keras.layers.Dense(1)
    prediction = layer(tf.constant([[1.0]]))
    loss = tf.reduce_mean(tf.square(2.0 - prediction))
"""

# TODO: between which two numbers will the loss lie, most of the time? Replace the "?" by both, such as (1.5, 2.5).
interval = "?"

# How sure are you?  1 guessing, 2 fairly, 3 certain
confidence = 0
