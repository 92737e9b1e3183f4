"""The first loss of an untrained layer: which numbers can it be?"""

# The prediction is w * 1 + 0, so the loss is (2 - w)²; the weight starts between -√3 and √3.
# Largest for w = -√3, smallest for w = √3, and never 0 because √3 < 2.
interval = (0.07, 13.93)

confidence = 3
