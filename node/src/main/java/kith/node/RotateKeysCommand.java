package kith.node;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import kith.node.auth.TokenKeyring;
import kith.node.gateway.http.TokenKeyRoutes.Rotate;
import kith.node.gateway.http.TokenKeyRoutes.Rotated;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `kith rotate-keys`: makes a new key for tokens, through a node on this machine.
@Command(
    name = "kith rotate-keys",
    description =
        "Replaces the key that signs tokens, in the whole cluster. Users stay logged in. Run it on"
            + " the machine of a node.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RotateKeysCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--discard",
      description =
          "Also ends all other keys within a minute, because somebody else may know them. All"
              + " users have to log in again.")
  private boolean discard;

  @Mixin private final LocalNode node = new LocalNode();

  public static void main(String[] arguments) {
    System.exit(LocalNode.run(new RotateKeysCommand(), arguments));
  }

  @Override
  public Integer call() throws LocalNode.Refused, InterruptedException {
    var keys = node.post("token-keys", new Rotate(discard), Rotated.class).keys();
    out().printf("Key %s signs from %s.%n", keys.getFirst().key(), keys.getFirst().signsFrom());
    for (var key : keys.subList(1, keys.size()))
      out().printf("Key %s %s.%n", key.key(), standing(key));
    return 0;
  }

  private static String standing(TokenKeyring.Shown key) {
    return key.ends()
        .map(end -> "ends at " + end)
        .orElse("is accepted until its tokens have expired");
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }
}
