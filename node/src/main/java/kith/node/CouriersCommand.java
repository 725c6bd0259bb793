package kith.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.node.LocalNode.Refused;
import kith.protocol.json.Json;
import kith.protocol.rest.Webhooks;
import kith.protocol.tls.Authorities;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `kith couriers`: lists the couriers of a server, and restarts one that was given up.
@Command(
    name = "kith couriers",
    description =
        "Lists the couriers to receivers outside the server: through a node on this machine,"
            + " without a password, or with --server as an administrator.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class CouriersCommand implements Callable<Integer> {
  private static final String PATH = "/v1/admin/couriers";
  private static final String FORM = "%-20s %-15s %-7s %8s %9s %9s  %-20s %-16s %s%n";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--restart",
      paramLabel = "ID",
      description = "Restarts the courier with this id after it was given up.")
  private Optional<String> restarted = Optional.empty();

  @Option(names = "--json", description = "Prints one JSON object for each courier.")
  private boolean json;

  @Mixin private final AdminNode node = new AdminNode();

  public static void main(String[] arguments) {
    try {
      Authorities.trustThoseOfEnvironment();
    } catch (IOException unusable) {
      System.err.println("kith couriers: " + unusable.getMessage());
      System.exit(1);
    }
    System.exit(LocalNode.run(new CouriersCommand(), arguments));
  }

  @Override
  public Integer call() throws Refused, InterruptedException {
    if (restarted.isPresent()) {
      var _ = node.ask("POST", PATH + "/" + AdminNode.encoded(restarted.get()) + "/restart", null);
      out().println("The courier tries again.");
    } else list(node.ask("GET", PATH, null).as(Webhooks.Couriers.class));
    out().flush();
    return 0;
  }

  private void list(Webhooks.Couriers all) {
    if (!json)
      out()
          .printf(
              FORM, "ID", "KIND", "STATE", "LAG", "BEHIND", "FAILURES", "ROOM", "BY", "RECEIVER");
    all.couriers().forEach(this::print);
  }

  private void print(Webhooks.Courier courier) {
    if (json) {
      out().println(Json.restText(courier));
      return;
    }
    out()
        .printf(
            FORM,
            courier.courier(),
            courier.kind(),
            courier.state(),
            courier.lag(),
            behind(courier.behindSeconds()),
            courier.failures(),
            courier.room().orElse("-"),
            courier.by(),
            courier.host());
    courier.reason().ifPresent(reason -> out().println("    " + reason));
  }

  /// A duration in the largest unit of which it has at least two.
  static String behind(double seconds) {
    var whole = Math.round(seconds);
    if (whole < 120) return whole + "s";
    if (whole < 7_200) return whole / 60 + "m";
    return whole < 172_800 ? whole / 3_600 + "h" : whole / 86_400 + "d";
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
