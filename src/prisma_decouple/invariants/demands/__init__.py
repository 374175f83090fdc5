"""What an invariant can demand of its subjects: one small class for each kind of them."""
