"""Speed and cost as ratios, measured side by side in one run: this machine's clock alone proves nothing."""
