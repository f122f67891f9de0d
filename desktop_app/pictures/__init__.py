"""Picture files: what they are and say of themselves, thumbnails, fingerprints; masters are never rewritten."""
