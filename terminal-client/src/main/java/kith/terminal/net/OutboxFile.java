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

/// An outbox as a file of JSON lines: a post or an upload when it is added, its id when it is
/// refused or removed.
///
/// A post is forced to disk before `add` returns. `refuse` and `remove` are not forced: if its line
/// is lost, the post is sent once more with the same id. An incomplete last line was never
/// acknowledged and is truncated. The caller of `open` must hold the lock of its `OutboxSlots`.
final class OutboxFile {
  private static final long COMPACT_ABOVE_BYTES = 64 * 1024;

  /// The maximum number of refused posts; only the latest are kept.
  private static final int MAX_REFUSED = 200;

  private record Key(String room, String id) {}

  /// The line that marks a post as answered.
  private record Done(String done, String room) {}

  /// The line that marks a post as refused.
  private record No(String refused, String room, String why) {}

  /// The line of a file to be uploaded.
  private record ToUpload(PendingUpload upload) {}

  private final Path path;
  private final Map<Key, ClientFrame.Post> posts = new LinkedHashMap<>();
  private final LinkedHashMap<Key, RefusedPost> refused = new LinkedHashMap<>();
  private final Map<Key, PendingUpload> uploads = new LinkedHashMap<>();
  private FileChannel channel;
  private long compactAbove = COMPACT_ABOVE_BYTES;

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
        var key = new Key(done.room(), done.done());
        posts.remove(key);
        refused.remove(key);
        uploads.remove(key);
      } else if (text.startsWith("{\"refused\"")) {
        var no = Json.rest(text, No.class);
        var post = posts.get(new Key(no.room(), no.refused()));
        if (post != null) keepRefused(post, no.why());
      } else if (text.startsWith("{\"upload\"")) {
        keep(Json.rest(text, ToUpload.class).upload());
      } else if (Json.clientFrame(text) instanceof ClientFrame.Post post) {
        keep(post);
      }
    } catch (Malformed _) {
      // a block that the disk lost: the other lines are still valid
    }
  }

  List<ClientFrame.Post> posts() {
    return List.copyOf(posts.values());
  }

  List<RefusedPost> refused() {
    return List.copyOf(refused.values());
  }

  List<PendingUpload> uploads() {
    return List.copyOf(uploads.values());
  }

  private void keep(PendingUpload upload) {
    uploads.put(new Key(upload.room(), upload.id()), upload);
  }

  void addUpload(PendingUpload upload) throws IOException {
    append(Json.restText(new ToUpload(upload)));
    channel.force(true);
    keep(upload);
  }

  private void keep(ClientFrame.Post post) {
    refused.remove(key(post));
    uploads.remove(key(post));
    posts.put(key(post), post);
  }

  private void keepRefused(ClientFrame.Post post, String why) {
    posts.remove(key(post));
    refused.put(key(post), new RefusedPost(post, why));
    if (refused.size() > MAX_REFUSED) refused.pollFirstEntry();
  }

  void add(ClientFrame.Post post) throws IOException {
    append(Json.text(post));
    channel.force(true);
    keep(post);
  }

  void refuse(ClientFrame.Post post, String why) throws IOException {
    if (!posts.containsKey(key(post))) append(Json.text(post));
    append(Json.restText(new No(post.id(), post.room(), why)));
    keepRefused(post, why);
    if (channel.size() > compactAbove) compact();
  }

  void remove(ClientFrame.Post post) throws IOException {
    remove(key(post));
  }

  void removeUpload(PendingUpload upload) throws IOException {
    remove(new Key(upload.room(), upload.id()));
  }

  private void remove(Key key) throws IOException {
    var pending = posts.remove(key);
    var undecided = refused.remove(key);
    var upload = uploads.remove(key);
    if (pending == null && undecided == null && upload == null) return;
    if (channel.size() > compactAbove || isEmpty()) compact();
    else append(Json.restText(new Done(key.id(), key.room())));
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

  private boolean isEmpty() {
    return posts.isEmpty() && refused.isEmpty() && uploads.isEmpty();
  }

  private void compact() throws IOException {
    if (isEmpty()) {
      channel.truncate(0);
      return;
    }
    var fresh = path.resolveSibling(path.getFileName() + ".new");
    var next = channel(fresh, READ, WRITE, CREATE, TRUNCATE_EXISTING);
    var lines = new ArrayList<String>();
    uploads.values().forEach(upload -> lines.add(Json.restText(new ToUpload(upload))));
    posts.values().forEach(post -> lines.add(Json.text(post)));
    for (var it : refused.values()) {
      lines.add(Json.text(it.post()));
      lines.add(Json.restText(new No(it.post().id(), it.post().room(), it.why())));
    }
    writeAll(next, String.join("\n", lines) + "\n");
    next.force(true);
    Files.move(fresh, path, ATOMIC_MOVE);
    forceDirectory();
    channel.close();
    channel = next;
    compactAbove = Math.max(COMPACT_ABOVE_BYTES, 2 * channel.size());
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
