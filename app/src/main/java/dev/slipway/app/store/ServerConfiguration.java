package dev.slipway.app.store;

/** The embedded server's configuration file, written anew at every start. */
final class ServerConfiguration {
  private ServerConfiguration() {}

  static String listeningOn(int port) {
    return """
        # Written by Slipway at every start; changes are lost.
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        max_connections = 64
        password_encryption = 'scram-sha-256'

        # What a change was told is on disk before it acts on it.
        fsync = on
        synchronous_commit = on
        full_page_writes = on

        shared_buffers = '64MB'
        max_wal_size = '512MB'
        jit = off
        timezone = 'UTC'
        lc_messages = 'C'

        log_line_prefix = '%%m [%%p] '
        log_checkpoints = off
        log_min_messages = 'warning'
        """
        .formatted(port);
  }
}
