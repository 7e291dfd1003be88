"""What is said: random scenes, their captions in English and Chinese, the lexicon, the tokenizer."""
