"""Judging a class: what everybody handed in, what of it was judged before, and who judges the rest.

Rooms: `submissions` (people and their files, from `folders` and `archives`, by `layout`), `marks` (what is to be
judged, and from reports to rows), `judge` (what a result depends on), `seeds`, `store` (results in SQLite while a class
is judged), `cluster` (judging on Dask), `similar` (hints that files are alike). Nothing here imports TensorFlow, and
nothing here runs what was handed in.
"""
