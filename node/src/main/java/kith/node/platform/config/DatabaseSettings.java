package kith.node.platform.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// Without a `url` the node runs its own PostgreSQL in `data`.
///
/// @param urlFile the file that `url` was read from, if any
public record DatabaseSettings(
    Optional<String> url,
    Optional<Path> urlFile,
    Optional<String> user,
    Optional<String> password,
    Path data,
    OptionalInt embeddedPort,
    int connections,
    int fileConnections,
    int searchConnections,
    int waitingLogWrites,
    int waitingLogBytes,
    int waitingWrites) {
  public static DatabaseSettings read(Section in) {
    return new DatabaseSettings(
        in.textOrFile("url"),
        in.optionalText("url-file").map(Path::of),
        in.optionalText("user"),
        in.textOrFile("password"),
        Path.of(in.text("data")),
        in.optionalNumber("embedded-port", 1, 65535),
        in.number("connections", 9, 1000),
        in.number("file-connections", 1, 1000),
        in.number("search-connections", 1, 1000),
        in.number("waiting-log-writes", 1000, 1_000_000),
        in.bytes("waiting-log-bytes", 1 << 20),
        in.number("waiting-writes", 1000, 10_000_000));
  }
}
