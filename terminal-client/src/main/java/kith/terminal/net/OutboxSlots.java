package kith.terminal.net;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kith.protocol.frame.ClientFrame;

/// The outboxes of one profile: one file and one lock for each running client.
///
/// A client takes the first free file as its own and moves the posts of the other free files into
/// it. A crash in between leaves a post in two files; the node deduplicates it by its id.
public final class OutboxSlots implements Outbox {
  private static final int MAX_CLIENTS = 16;

  /// A file lock belongs to the process, and closing any channel of the file releases it. So a
  /// second attempt in the same process must not even open the file.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private record Slot(Path path, OutboxFile file, FileChannel lockFile) {
    void free() throws IOException {
      file.close();
      lockFile.close();
      HELD_HERE.remove(path);
    }
  }

  private final Slot own;

  private OutboxSlots(Slot own) {
    this.own = own;
  }

  /// Fails when `MAX_CLIENTS` clients are running.
  ///
  /// @param name distinguishes users that share a directory
  public static OutboxSlots open(Path directory, String name) throws IOException {
    Files.createDirectories(directory);
    var free = new ArrayList<Slot>();
    try {
      for (int i = 0; i < MAX_CLIENTS; i++) {
        // after the first free file, only existing files are of interest
        if (free.isEmpty() || Files.exists(file(directory, name, i))) {
          slot(directory, name, i).ifPresent(free::add);
        }
      }
      if (free.isEmpty()) throw new IOException("Too many clients use this profile at once.");
      var own = free.getFirst();
      for (var other : free.subList(1, free.size())) adopt(own, other);
      return new OutboxSlots(own);
    } catch (IOException fault) {
      for (var slot : free) slot.free();
      throw fault;
    }
  }

  private static Path file(Path directory, String name, int i) {
    return directory.resolve(name + "-" + i + ".jsonl");
  }

  private static Optional<Slot> slot(Path directory, String name, int i) throws IOException {
    var path = file(directory, name, i).toAbsolutePath().normalize();
    if (!HELD_HERE.add(path)) return Optional.empty();
    var lockFile = FileChannel.open(directory.resolve(name + "-" + i + ".lock"), CREATE, WRITE);
    if (lockFile.tryLock() == null) {
      lockFile.close();
      HELD_HERE.remove(path);
      return Optional.empty();
    }
    return Optional.of(new Slot(path, OutboxFile.open(path), lockFile));
  }

  private static void adopt(Slot own, Slot other) throws IOException {
    for (var upload : other.file().uploads()) own.file().addUpload(upload);
    for (var post : other.file().posts()) own.file().add(post);
    for (var it : other.file().refused()) own.file().refuse(it.post(), it.why());
    for (var post : other.file().posts()) other.file().remove(post);
    for (var it : other.file().refused()) other.file().remove(it.post());
    for (var upload : other.file().uploads()) other.file().removeUpload(upload);
    other.free();
  }

  @Override
  public List<ClientFrame.Post> unanswered() {
    return own.file().posts();
  }

  @Override
  public void add(ClientFrame.Post post) throws IOException {
    own.file().add(post);
  }

  @Override
  public List<RefusedPost> refused() {
    return own.file().refused();
  }

  @Override
  public void refuse(ClientFrame.Post post, String why) throws IOException {
    own.file().refuse(post, why);
  }

  @Override
  public void remove(ClientFrame.Post post) throws IOException {
    own.file().remove(post);
  }

  @Override
  public List<PendingUpload> uploads() {
    return own.file().uploads();
  }

  @Override
  public void addUpload(PendingUpload upload) throws IOException {
    own.file().addUpload(upload);
  }

  @Override
  public void close() throws IOException {
    own.free();
  }
}
