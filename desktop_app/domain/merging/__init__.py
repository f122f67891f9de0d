"""Taking a story home: what came back is merged with what stands here, on the ground of what went out.

Three steps that know nothing of one another: ``comparing`` finds every change that the other side brings, ``deciding``
settles the conflicts, ``applying`` turns the outcome into edits of the story. All of it is pure.
"""
