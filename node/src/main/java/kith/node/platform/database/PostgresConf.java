package kith.node.platform.database;

/// The settings of the node's own PostgreSQL, rewritten at each start.
///
/// An operator can override them with `ALTER SYSTEM`.
final class PostgresConf {
  private PostgresConf() {}

  static String text(int port) {
    return """
    # Written by Kith at each start; for permanent changes use ALTER SYSTEM.
    listen_addresses = '127.0.0.1'
    port = %d
    # other users of this machine could open a socket file
    unix_socket_directories = ''
    password_encryption = 'scram-sha-256'
    max_connections = 200

    # an acknowledged message is on disk
    fsync = on
    synchronous_commit = on
    full_page_writes = on

    timezone = 'UTC'
    lc_messages = 'C'

    # no statements or row values in the log: they contain messages
    log_timezone = 'UTC'
    log_min_messages = 'log'
    log_min_error_statement = 'panic'
    log_error_verbosity = 'terse'
    log_checkpoints = off
    """
        .formatted(port);
  }
}
