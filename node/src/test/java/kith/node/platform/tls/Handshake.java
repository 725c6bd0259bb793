package kith.node.platform.tls;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// A TLS handshake in memory.
///
/// @param ofServer the certificate that the server showed
record Handshake(X509Certificate ofServer) {
  private static final int MOST_STEPS = 100;

  static Handshake between(SSLEngine client, SSLEngine server) throws SSLException {
    var toServer = ByteBuffer.allocate(64 * 1024);
    var toClient = ByteBuffer.allocate(64 * 1024);
    client.beginHandshake();
    server.beginHandshake();
    for (var i = 0; i < MOST_STEPS && !(isDone(client) && isDone(server)); i++) {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
    }
    return new Handshake(shown(client));
  }

  private static X509Certificate shown(SSLEngine engine) throws SSLPeerUnverifiedException {
    return (X509Certificate) engine.getSession().getPeerCertificates()[0];
  }

  private static boolean isDone(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    var nothing = ByteBuffer.allocate(0);
    var plain = ByteBuffer.allocate(32 * 1024);
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> {
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask())
          task.run();
      }
      case NEED_WRAP -> engine.wrap(nothing, out);
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
        in.flip();
        engine.unwrap(in, plain);
        in.compact();
      }
    }
  }
}
