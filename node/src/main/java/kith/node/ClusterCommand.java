package kith.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLHandshakeException;
import kith.node.platform.cluster.ClusterView.Nodes;
import kith.node.platform.config.Intervals;
import kith.protocol.ServerAddress;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.ProblemDetails;
import kith.protocol.tls.Authorities;
import kith.protocol.tls.HttpClients;
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
      description =
          "The URL of any node, with its port for operators if it has one (default: $KITH_SERVER,"
              + " then the node on this machine, found as by the command invite).")
  private Optional<String> node = Optional.empty();

  @Option(names = "--json", description = "Prints the node's answer as JSON.")
  private boolean json;

  public static void main(String[] arguments) {
    try {
      Authorities.trustThoseOfEnvironment();
    } catch (IOException unusable) {
      System.exit(fail(String.valueOf(unusable.getMessage())));
    }
    System.exit(CommandLines.of(new ClusterCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    URI url;
    try {
      url = url(node.or(() -> Optional.ofNullable(System.getenv("KITH_SERVER"))));
    } catch (IllegalArgumentException wrong) {
      return fail(String.valueOf(wrong.getMessage()));
    }
    try (var client =
        HttpClients.forSchemeOf(url).connectTimeout(Intervals.COMMAND_ANSWER).build()) {
      var request =
          HttpRequest.newBuilder(url.resolve("/cluster")).timeout(Intervals.COMMAND_ANSWER).build();
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 403)
        return fail(
            url + " shows its cluster only to addresses that kith.http.cluster-view allows.");
      if (answer.statusCode() == 404) return fail(LocalNode.NOT_HERE);
      if (answer.statusCode() != 200)
        return fail(url + refusal(answer.statusCode(), answer.body()));
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

  /// The first of several addresses. The request contains no secret, so it may be plain HTTP.
  static URI url(Optional<String> servers) {
    var here = "http://127.0.0.1:" + LocalNode.port(Optional.empty(), System.getenv());
    var first = servers.orElse(here).split(",", 2)[0];
    return URI.create(ServerAddress.of(first, true));
  }

  /// A node that does not serve yet answers with the step it waits for.
  static String refusal(int status, String body) {
    if (status == 503) {
      try {
        var problem = Json.rest(body, ProblemDetails.class);
        if (problem.detail().isPresent()) return " does not serve: " + problem.detail().get();
      } catch (Malformed _) {
        // the answer of a proxy
      }
    }
    return " answered " + status + ".";
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
