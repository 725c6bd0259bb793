package kith.node.feature.push;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server that gives prepared answers on each connection: the first one at once, and each
/// further one to a command or to the end of a text. Then it hangs up.
public final class ScriptedSmtp implements AutoCloseable {
  private final ServerSocket listener;
  private final List<String> answers;
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final Thread thread = Thread.ofVirtual().unstarted(this::serve);

  private ScriptedSmtp(ServerSocket listener, List<String> answers) {
    this.listener = listener;
    this.answers = answers;
  }

  static ScriptedSmtp start(String... answers) throws IOException {
    return startAt(0, answers);
  }

  public static ScriptedSmtp startAt(int port, String... answers) throws IOException {
    var server =
        new ScriptedSmtp(
            new ServerSocket(port, 1, InetAddress.getByName("localhost")), List.of(answers));
    server.thread.start();
    return server;
  }

  int port() {
    return listener.getLocalPort();
  }

  List<String> commands() {
    return commands;
  }

  private void serve() {
    while (!listener.isClosed()) serveOne();
  }

  private void serveOne() {
    try (var socket = listener.accept();
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (var answer : answers) {
        socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        var isBeforeText = answer.startsWith("354");
        String line;
        do {
          line = in.readLine();
          if (line == null) return;
          commands.add(line);
        } while (isBeforeText && !line.equals("."));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  /// Returns when the port is free: a thread that still accepts keeps a closed one in use.
  @Override
  public void close() throws IOException {
    listener.close();
    // ends a read from a client as well
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
