"""Areas of Việt Nam and what became of them, as CSV; the README of ``extractors.areas`` says where they come from."""
