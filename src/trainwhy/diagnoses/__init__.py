"""One module, one diagnosis: its page, its rule and its two examples. Found by walking this folder."""
