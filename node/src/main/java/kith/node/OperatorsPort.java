package kith.node;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The port on which commands find a node of this machine. It speaks plain HTTP: with
/// `kith.http.tls`, commands need `kith.http.operators.port`.
final class OperatorsPort {
  static final String DESCRIPTION =
      "The node's port for operators, or for clients if it has none (default:"
          + " $KITH_HTTP_OPERATORS_PORT, then $KITH_HTTP_PORT, then 8080).";

  static final String NOT_HERE =
      "The node does not offer this on that port; use its port for operators"
          + " (kith.http.operators.port).";

  private OperatorsPort() {}

  static int of(Optional<Integer> given, Map<String, String> environment) {
    return given.orElseGet(() ->
        Stream.of("KITH_HTTP_OPERATORS_PORT", "KITH_HTTP_PORT")
            .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
            .filter(value -> value.matches("[1-9][0-9]{0,4}"))
            .map(Integer::valueOf)
            .findFirst()
            .orElse(8080));
  }
}
