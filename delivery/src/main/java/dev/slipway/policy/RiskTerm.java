package dev.slipway.policy;

/** One term of the risk formula: its value (normalised 0 to 1) and its weight in risk points. */
public record RiskTerm(String name, double value, double weight) {}
