"""The same five answers, with their types."""

tf_variable: bool = False
model_compile: bool = False
tape_gradient: bool = False
model_fit: bool = True
apply_gradients: bool = True
confidence: int = 2
