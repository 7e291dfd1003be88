"""What is learned from: composed pictures, drawn by several processes and kept in shards."""
