/**
 * Syntax trees by tree-sitter. Entry point: {@link dev.slipway.app.detectors.syntax.SyntaxTree}.
 */
@NullMarked
package dev.slipway.app.detectors.syntax;

import org.jspecify.annotations.NullMarked;
