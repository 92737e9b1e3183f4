"""The same answers, written the other way round."""

confidence = 1
why = 'closer'
changed = 'weights'
