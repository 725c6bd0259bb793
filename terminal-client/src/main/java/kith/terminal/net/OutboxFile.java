package kith.terminal.net;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kith.protocol.frame.ClientFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;

/// An outbox as a file of JSON lines: a post when it is added, its id when it is answered.
///
/// A post is forced to disk before `add` returns. `remove` is not forced: if its line is lost, the
/// post is sent once more with the same id. An incomplete last line was never acknowledged and is
/// truncated. The caller of `open` must hold the lock of its `OutboxSlots`.
final class OutboxFile {
  private static final long COMPACT_ABOVE_BYTES = 64 * 1024;

  private record Key(String room, String id) {}

  /// The line that marks a post as answered.
  private record Done(String done, String room) {}

  private final Path path;
  private final Map<Key, ClientFrame.Post> posts = new LinkedHashMap<>();
  private FileChannel channel;

  private OutboxFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static OutboxFile open(Path path) throws IOException {
    var file = new OutboxFile(path, channel(path, READ, WRITE, CREATE));
    file.load();
    file.forceDirectory();
    return file;
  }

  private static FileChannel channel(Path path, OpenOption... how) throws IOException {
    return FileChannel.open(
        path,
        Set.of(how),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private void load() throws IOException {
    var bytes = Files.readAllBytes(path);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '\n') continue;
      line(new String(bytes, start, i - start, StandardCharsets.UTF_8));
      start = i + 1;
    }
    channel.truncate(start);
    channel.position(start);
  }

  private void line(String text) {
    try {
      if (text.startsWith("{\"done\"")) {
        var done = Json.rest(text, Done.class);
        posts.remove(new Key(done.room(), done.done()));
      } else if (Json.clientFrame(text) instanceof ClientFrame.Post post) {
        posts.put(key(post), post);
      }
    } catch (Malformed _) {
      // a block that the disk lost: the other lines are still valid
    }
  }

  List<ClientFrame.Post> posts() {
    return List.copyOf(posts.values());
  }

  void add(ClientFrame.Post post) throws IOException {
    append(Json.text(post));
    channel.force(true);
    posts.put(key(post), post);
  }

  void remove(ClientFrame.Post post) throws IOException {
    if (posts.remove(key(post)) == null) return;
    if (channel.size() > COMPACT_ABOVE_BYTES || posts.isEmpty()) compact();
    else append(Json.restText(new Done(post.id(), post.room())));
  }

  private void append(String line) throws IOException {
    long before = channel.size();
    try {
      writeAll(channel, line + "\n");
    } catch (IOException full) {
      // an incomplete line would make the next one unreadable
      channel.truncate(before);
      throw full;
    }
  }

  private void compact() throws IOException {
    if (posts.isEmpty()) {
      channel.truncate(0);
      return;
    }
    var fresh = path.resolveSibling(path.getFileName() + ".new");
    var next = channel(fresh, READ, WRITE, CREATE, TRUNCATE_EXISTING);
    var lines = new ArrayList<String>();
    posts.values().forEach(post -> lines.add(Json.text(post)));
    writeAll(next, String.join("\n", lines) + "\n");
    next.force(true);
    Files.move(fresh, path, ATOMIC_MOVE);
    forceDirectory();
    channel.close();
    channel = next;
  }

  private void forceDirectory() throws IOException {
    try (var directory = FileChannel.open(path.toAbsolutePath().resolveSibling("."), READ)) {
      directory.force(true);
    }
  }

  private static void writeAll(FileChannel to, String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) to.write(bytes);
  }

  void close() throws IOException {
    channel.close();
  }

  private static Key key(ClientFrame.Post post) {
    return new Key(post.room(), post.id());
  }
}
