package kith.node;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `kith rebuild`: rebuilds a projection through a node on this machine.
@Command(
    name = "kith rebuild",
    description =
        "Rebuilds a read model of all rooms while the node serves its clients. Run it on the node's"
            + " machine.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RebuildCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PROJECTION",
      description = "The read model, such as search, mentions or directory.")
  private String projection = "";

  @Mixin private final LocalNode node = new LocalNode();

  public static void main(String[] arguments) {
    System.exit(LocalNode.run(new RebuildCommand(), arguments));
  }

  @Override
  public Integer call() throws LocalNode.Refused, InterruptedException {
    var last = new AtomicReference<>("");
    node.postAndFollow(
        "projections/" + projection + "/rebuild",
        line -> {
          System.out.println(line);
          last.set(line);
        });
    if (!last.get().equals("done"))
      throw new LocalNode.Refused("The node stopped before the rebuild was complete.");
    return 0;
  }
}
