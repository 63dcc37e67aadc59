"""The learned part of mention finding: a linear-chain CRF over characters with hashed features (序列标注)."""
