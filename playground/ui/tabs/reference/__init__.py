"""The Reference tab: every schedule, sampler and spacing with its source."""
