package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kith.node.AdminCommand;
import kith.node.TestNode;

/// The user of the node's machine, who types `kith admin`.
record Operator(TestNode node) {

  record Printed(int status, String out, String err) {}

  /// The output of a successful command.
  String does(String... arguments) {
    var printed = tries(arguments);
    assertThat(printed.err()).isEmpty();
    assertThat(printed.status()).isZero();
    return printed.out();
  }

  Printed tries(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data().toString(), "--port", String.valueOf(node.port())));
    var status =
        AdminCommand.create()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Printed(status, out.toString(), err.toString());
  }

  private Path data() {
    return Objects.requireNonNull(
        Objects.requireNonNull(node.adminSocket().getParent()).getParent());
  }
}
