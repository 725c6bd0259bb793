package kith.terminal.net;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import kith.protocol.Code;
import kith.protocol.FileNames;
import kith.protocol.frame.Entry;
import kith.protocol.rest.SharedFiles.CreateFile;
import kith.protocol.rest.SharedFiles.RoomFile;
import kith.protocol.rest.SharedFiles.RoomFiles;
import kith.protocol.rest.SharedFiles.Upload;

/// Uploads and downloads files. A transfer that breaks off continues where it ended, on the next
/// node. Blocks; an interrupt ends it with an `Unreachable`.
public final class FileTransfers {
  private static final int FIRST_PART = 4 << 20;
  private static final int SMALLEST_PART = 256 << 10;
  private static final int MAX_FRUITLESS = 8;
  private static final int BUFFER = 64 << 10;
  private static final int MAX_THUMBNAIL = 2 << 20;

  /// The time between two questions whether the server has checked a content, if the server gives
  /// none.
  private static final long CHECK_MILLIS = 2_000;

  /// The longest time for the transfer of one part.
  private static final Duration PART = Duration.ofMinutes(10);

  private static final Duration THUMBNAIL = Duration.ofSeconds(30);

  /// Receives the number of transferred bytes of a file.
  public interface Progress {
    void at(long bytes, long size);
  }

  private final List<URI> nodes;
  private final Rest rest;
  private final Pause pause;
  private int node;

  public FileTransfers(List<URI> nodes, Rest rest) {
    this(nodes, rest, Thread::sleep);
  }

  public FileTransfers(List<URI> nodes, Rest rest, Pause pause) {
    this.nodes = List.copyOf(nodes);
    this.rest = rest;
    this.pause = pause;
  }

  /// Uploads a file, so that a message can name it. Throws an `UncheckedIOException` if the file
  /// cannot be read.
  ///
  /// @param name of the file for others
  public Upload upload(Path file, String name, Progress progress) {
    return send(file, create(file, name), progress);
  }

  /// Tells the server about a file. Throws an `UncheckedIOException` if it cannot be read.
  public Upload create(Path file, String name) {
    try {
      var created = new CreateFile(FileNames.of(name), Files.size(file), sha256(file));
      return rest.ask("POST", "/v1/files", Optional.of(created), Upload.class);
    } catch (IOException fault) {
      throw new UncheckedIOException(unreadable(file, fault), fault);
    }
  }

  /// An upload that began earlier, unless the server has given it up.
  public Optional<Upload> created(String file) {
    try {
      return Optional.of(rest.get("/v1/files/" + Rest.part(file), Upload.class));
    } catch (Refused refused) {
      if (refused.is(Code.UNKNOWN_FILE)) return Optional.empty();
      throw refused;
    }
  }

  /// Uploads the bytes that the server does not have yet.
  public Upload send(Path file, Upload created, Progress progress) {
    try {
      return created.complete() ? created : sendParts(file, created, progress);
    } catch (IOException fault) {
      throw new UncheckedIOException(unreadable(file, fault), fault);
    }
  }

  private static String unreadable(Path file, IOException fault) {
    return "The file " + file + " cannot be read (" + fault.getClass().getSimpleName() + ").";
  }

  private Upload sendParts(Path file, Upload created, Progress progress) throws IOException {
    var path = "/v1/files/" + Rest.part(created.file());
    var offset = created.offset();
    var isOffsetKnown = true;
    var part = FIRST_PART;
    var fruitless = 0;
    while (true) {
      try {
        if (!isOffsetKnown) {
          var reached = rest.get(path, Upload.class).offset();
          if (reached > offset) fruitless = 0;
          offset = reached;
          isOffsetKnown = true;
        }
        progress.at(offset, created.size());
        if (offset == created.size()) return completed(path);
        var length = Math.min(part, created.size() - offset);
        sendPart(file, path, offset, length);
        offset += length;
        fruitless = 0;
      } catch (Refused refused) {
        if (refused.is(Code.BODY_TOO_LARGE) && part > SMALLEST_PART) {
          part /= 2;
          continue;
        }
        if (!mayPass(refused) || ++fruitless == MAX_FRUITLESS) throw refused;
        isOffsetKnown = false;
        if (!refused.is(Code.WRONG_OFFSET)) nextNode(fruitless);
      } catch (Unreachable broken) {
        if (++fruitless == MAX_FRUITLESS) throw broken;
        isOffsetKnown = false;
        nextNode(fruitless);
      }
    }
  }

  private static boolean mayPass(Refused refused) {
    return refused.status() >= 500
        || refused.is(Code.RATE_LIMITED)
        || refused.is(Code.WRONG_OFFSET);
  }

  /// Waits until the server has checked the content, if it checks any.
  private Upload completed(String path) {
    while (true) {
      try {
        return rest.ask("POST", path + "/complete", Optional.empty(), Upload.class);
      } catch (Refused refused) {
        if (!refused.is(Code.FILE_BEING_CHECKED)) throw refused;
        pause(refused.retryAfterMillis().orElse(CHECK_MILLIS));
      }
    }
  }

  private void sendPart(Path file, String path, long offset, long length) throws IOException {
    var bytes =
        BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> part(file, offset, length)), length);
    var request = request(path + "/content?offset=" + offset).PUT(bytes).expectContinue(true);
    try (var body = answer(request).body()) {
      body.readNBytes(BUFFER);
    } catch (IOException broken) {
      throw broke();
    }
  }

  private static InputStream part(Path file, long offset, long length) {
    try {
      var channel = Files.newByteChannel(file, StandardOpenOption.READ);
      channel.position(offset);
      return new First(Channels.newInputStream(channel), length);
    } catch (IOException fault) {
      throw new UncheckedIOException(unreadable(file, fault), fault);
    }
  }

  /// The first bytes of a stream.
  private static final class First extends FilterInputStream {
    private long left;

    First(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) return -1;
      left--;
      return super.read();
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      if (left == 0) return -1;
      var count = super.read(into, at, (int) Math.min(left, length));
      left -= Math.max(0, count);
      return count;
    }
  }

  /// Gives up a file that no message names.
  public void delete(String file) {
    rest.request("DELETE", "/v1/files/" + Rest.part(file));
  }

  /// The files of a message.
  public List<RoomFile> ofMessage(String room, long seq) {
    var before = OptionalLong.of(Math.max(0, seq - 1));
    var page = rest.entries(room, OptionalLong.empty(), before, OptionalInt.of(1));
    for (var entry : page.entries())
      if (entry instanceof Entry.Message message
          && message.seq() == seq
          && message.files().isPresent())
        return message.files().get().stream()
            .map(file -> new RoomFile(seq, message.at(), message.by(), file))
            .toList();
    throw unknownFile("The message #" + seq + " has no files.");
  }

  /// The error for a file that the server does not have.
  public static Refused unknownFile(String sentence) {
    return new Refused(404, Code.UNKNOWN_FILE.wire(), sentence, OptionalLong.empty());
  }

  /// A page of the files of a room, the newest first.
  public RoomFiles list(String room, OptionalLong before, OptionalInt limit) {
    var query = new StringBuilder();
    before.ifPresent(it -> query.append("?before=").append(it));
    limit.ifPresent(it -> query.append(query.isEmpty() ? '?' : '&').append("limit=").append(it));
    return rest.get(Rest.of(room) + "/files" + query, RoomFiles.class);
  }

  /// The thumbnail of a picture for a terminal: a PNG. Empty if the server has none.
  public Optional<byte[]> thumbnail(String room, long seq, Entry.File file) {
    var path = Rest.of(room) + "/entries/" + seq + "/files/" + Rest.part(file.id());
    return small(path + "/thumbnail?size=terminal");
  }

  private Optional<byte[]> small(String path) {
    var request = request(path).timeout(THUMBNAIL).GET();
    try (var body = answer(request).body()) {
      var bytes = body.readNBytes(MAX_THUMBNAIL);
      return body.read() < 0 ? Optional.of(bytes) : Optional.empty();
    } catch (Refused refused) {
      if (refused.status() == 404) return Optional.empty();
      throw refused;
    } catch (IOException broken) {
      throw broke();
    }
  }

  /// Uploads a picture for the user's own profile.
  public void uploadPicture(Path file) {
    if (!rest.features().has("profile-pictures")) throw Features.refusal("profile-pictures");
    try (var body = answer(pictureRequest(file)).body()) {
      body.readNBytes(BUFFER);
    } catch (FileNotFoundException missing) {
      throw new Refused(0, "local", unreadable(file, missing), OptionalLong.empty());
    } catch (IOException broken) {
      throw broke();
    }
  }

  private HttpRequest.Builder pictureRequest(Path file) throws FileNotFoundException {
    return request("/v1/account/picture").PUT(BodyPublishers.ofFile(file)).expectContinue(true);
  }

  /// The picture that a user has uploaded: a PNG. Empty if there is none.
  public Optional<byte[]> picture(String user) {
    return small("/v1/users/" + Rest.part(user) + "/picture");
  }

  /// Downloads a file of a message to the end of `into`, which is empty. The content is compared
  /// with its SHA-256. Throws an `UncheckedIOException` if it cannot be written.
  public void download(String room, long seq, Entry.File file, Path into, Progress progress) {
    var path = Rest.of(room) + "/entries/" + seq + "/files/" + Rest.part(file.id());
    var fruitless = 0;
    var done = 0L;
    var tag = Optional.<String>empty();
    while (done < file.size() || tag.isEmpty()) {
      var before = done;
      try {
        var request = request(path);
        if (done > 0) request.header("range", "bytes=" + done + "-");
        var answer = answer(request.GET());
        tag = answer.headers().firstValue("etag");
        if (answer.statusCode() != 206) {
          truncate(into);
          done = 0;
        }
        receive(answer, into, file.size(), done, progress);
      } catch (Refused refused) {
        if (refused.status() < 500 && !refused.is(Code.RATE_LIMITED)) throw refused;
        if (++fruitless == MAX_FRUITLESS) throw refused;
        nextNode(fruitless);
      } catch (Unreachable broken) {
        if (++fruitless == MAX_FRUITLESS) throw broken;
        nextNode(fruitless);
      }
      done = length(into);
      if (done > before) fruitless = 0;
      if (done > file.size()) break;
    }
    check(into, tag.orElse(""));
  }

  private static void truncate(Path into) {
    try {
      Files.newByteChannel(into, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
          .close();
    } catch (IOException fault) {
      throw unwritable(into, fault);
    }
  }

  private static long length(Path into) {
    try {
      return Files.size(into);
    } catch (IOException fault) {
      throw unwritable(into, fault);
    }
  }

  private static UncheckedIOException unwritable(Path into, IOException fault) {
    return new UncheckedIOException(
        "The file " + into + " cannot be written (" + fault.getClass().getSimpleName() + ").",
        fault);
  }

  private static void receive(
      HttpResponse<InputStream> answer, Path into, long size, long from, Progress progress) {
    var buffer = new byte[BUFFER];
    var done = from;
    try (var in = answer.body();
        var out = Files.newOutputStream(into, StandardOpenOption.APPEND)) {
      while (true) {
        int count;
        try {
          count = in.read(buffer);
        } catch (IOException broken) {
          throw broke();
        }
        if (count < 0) return;
        out.write(buffer, 0, count);
        done += count;
        progress.at(done, size);
        if (Thread.interrupted()) throw stopped();
      }
    } catch (IOException fault) {
      throw unwritable(into, fault);
    }
  }

  private static void check(Path file, String tag) {
    try {
      if (!tag.equals('"' + sha256(file) + '"')) throw new Unreachable("The file arrived damaged.");
    } catch (IOException fault) {
      throw unwritable(file, fault);
    }
  }

  private HttpRequest.Builder request(String path) {
    var base = nodes.get(node).toString().replaceFirst("/$", "");
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(PART);
  }

  private HttpResponse<InputStream> answer(HttpRequest.Builder request) {
    var first = sent(request, false);
    var answer = first.statusCode() == 401 ? sent(request, true) : first;
    if (answer.statusCode() < 300) return answer;
    try (var body = answer.body()) {
      throw Http.refusal(
          answer.statusCode(),
          new String(body.readNBytes(BUFFER), StandardCharsets.UTF_8),
          OptionalLong.empty());
    } catch (IOException broken) {
      throw broke();
    }
  }

  private HttpResponse<InputStream> sent(HttpRequest.Builder request, boolean isRefused) {
    request.setHeader("authorization", "Bearer " + rest.token(isRefused));
    try {
      var whole = request.build();
      return SharedClients.ofProcess().of(whole.uri()).send(whole, BodyHandlers.ofInputStream());
    } catch (IOException broken) {
      throw broke();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  private static Unreachable broke() {
    return new Unreachable("The connection broke while a file was transferred.");
  }

  private static Unreachable stopped() {
    return new Unreachable("Interrupted.");
  }

  private void nextNode(int fruitless) {
    node = (node + 1) % nodes.size();
    if (Thread.currentThread().isInterrupted()) throw stopped();
    pause(Backoff.millis(fruitless - 1, ThreadLocalRandom.current().nextDouble()));
  }

  private void pause(long millis) {
    try {
      pause.millis(millis);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  private static String sha256(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[BUFFER];
      for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        if (Thread.currentThread().isInterrupted()) throw stopped();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
