package dev.slipway.policy;

import dev.slipway.change.Stage;

/** A gate's verdict and what follows from it. */
public record Judgement(Stage stage, Verdict verdict, Disposition disposition) {}
