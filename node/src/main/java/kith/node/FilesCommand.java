package kith.node;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `kith files sync`: moves files between stores through a node on this machine.
@Command(
    name = "kith files sync",
    description =
        "Moves all files to the store in which new ones are written (kith.files.store), while people"
            + " chat. Run it on the node's machine. A run that is stopped can be repeated.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class FilesCommand implements Callable<Integer> {
  @Mixin private final LocalNode node = new LocalNode();

  public static void main(String[] arguments) {
    System.exit(LocalNode.run(new FilesCommand(), arguments));
  }

  @Override
  public Integer call() throws LocalNode.Refused, InterruptedException {
    var last = new AtomicReference<>("");
    node.postAndFollow(
        "files/sync",
        line -> {
          System.out.println(line);
          last.set(line);
        });
    if (!last.get().equals("done"))
      throw new LocalNode.Refused(
          "Some files were not moved; the log of the node has the reasons. Run it again.");
    return 0;
  }
}
