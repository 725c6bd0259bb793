package kith.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLHandshakeException;
import kith.node.platform.cluster.ClusterView.Nodes;
import kith.node.platform.config.Intervals;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.tls.Authorities;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kith cluster`: shows the cluster as one node sees it.
@Command(
    name = "kith cluster",
    description = "Shows the nodes of a cluster, as seen by one of them.",
    mixinStandardHelpOptions = true)
public final class ClusterCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "The URL of any node (default: $KITH_SERVER, then http://127.0.0.1:8080).")
  private Optional<URI> node = Optional.empty();

  @Option(names = "--json", description = "Print the node's answer as JSON.")
  private boolean json;

  public static void main(String[] arguments) {
    try {
      Authorities.trustThoseOfEnvironment();
    } catch (IOException unusable) {
      System.exit(fail(String.valueOf(unusable.getMessage())));
    }
    System.exit(new CommandLine(new ClusterCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    var url = node.or(ClusterCommand::fromEnvironment).orElse(URI.create("http://127.0.0.1:8080"));
    try (var client = HttpClient.newBuilder().connectTimeout(Intervals.COMMAND_ANSWER).build()) {
      var request =
          HttpRequest.newBuilder(url.resolve("/cluster")).timeout(Intervals.COMMAND_ANSWER).build();
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) return fail(url + " answered " + answer.statusCode() + ".");
      System.out.print(json ? answer.body() + "\n" : table(Json.rest(answer.body(), Nodes.class)));
      return 0;
    } catch (SSLHandshakeException untrusted) {
      return fail(
          "The certificate of %s is not trusted. To trust it, set %s to a PEM file of its authority."
              .formatted(url, Authorities.VARIABLE));
    } catch (IOException away) {
      return fail(url + " cannot be reached.");
    } catch (Malformed other) {
      return fail(url + " is not a Kith node of this version.");
    }
  }

  private static Optional<URI> fromEnvironment() {
    return Optional.ofNullable(System.getenv("KITH_SERVER")).map(URI::create);
  }

  private static int fail(String sentence) {
    System.err.println("kith cluster: " + sentence);
    return 1;
  }

  static String table(Nodes nodes) {
    var form = "%-22s %-8s %-11s %6s %8s  %s%n";
    var lines = new StringBuilder();
    lines.append(form.formatted("NODE", "STATE", "", "ROOMS", "SOCKETS", "CLIENTS CONNECT TO"));
    for (var node : nodes.nodes())
      lines.append(
          form.formatted(
              node.address(),
              node.status(),
              node.reachable() ? "" : "unreachable",
              text(node.rooms()),
              text(node.sockets()),
              node.http().orElse("?") + node.version().map(it -> "  (" + it + ")").orElse("")));
    return lines.toString();
  }

  private static String text(OptionalInt count) {
    return count.isPresent() ? Integer.toString(count.getAsInt()) : "?";
  }
}
