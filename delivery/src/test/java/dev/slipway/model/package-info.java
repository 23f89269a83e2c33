/** The contract kit of the language model, and a model that says what a test tells it to. */
package dev.slipway.model;
