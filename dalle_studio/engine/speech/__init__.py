"""Speech in, words out, on this machine: microphone or recording, recogniser, and the child process they run in.

Knows nothing of prompts, windows or pictures. Only the child loads a recogniser or opens a microphone.
"""
