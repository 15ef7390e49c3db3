"""A station's daily rain: what files hold it in, how they name, write and measure it, and what they leave open."""
