package dev.slipway.app.api;

/**
 * Take back the change that a service runs in an environment.
 *
 * @param by the login of the person who says so
 * @param reason why; goes on record
 */
public record WithdrawRequest(String service, String environment, String by, String reason) {}
