"""A template that stays in the background between commands, so that the next one starts with TensorFlow loaded.

Rooms: `settings` (whether and how), `place` (the private folder with the socket), `key` (what must be the same for a
template to serve a command), `peers` (who may speak with whom), `door` (the command's side: connect, start, ask, stop)
and `background` (the process itself). Linux only; everywhere else a command starts its own processes, as without it.
"""
