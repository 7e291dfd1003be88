"""What every stage of the training shares: device, loop, whole files, progress."""
