/** Contract kits of the workspace's ports, and fakes that keep them in memory. */
package dev.slipway.workspace;
