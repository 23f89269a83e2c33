/**
 * Versions run in Kubernetes: {@link dev.slipway.app.kubernetes.Kubernetes} opens the target. A
 * service is two Deployments behind an {@code HTTPRoute}, or an Argo Rollout of its owner's.
 */
@NullMarked
package dev.slipway.app.kubernetes;

import org.jspecify.annotations.NullMarked;
