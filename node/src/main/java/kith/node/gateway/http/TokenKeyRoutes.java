package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;

import java.util.List;
import kith.node.auth.TokenKeyring;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /token-keys`: makes a new key for tokens, for operators on the node's own machine.
public final class TokenKeyRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(TokenKeyRoutes.class);

  /// @param discard also ends all other keys, so that all users have to log in again
  public record Rotate(boolean discard) {}

  /// @param keys the newest first
  public record Rotated(List<TokenKeyring.Shown> keys) {
    public Rotated {
      keys = List.copyOf(keys);
    }
  }

  private final TokenKeyring keyring;
  private final Bodies bodies;

  public TokenKeyRoutes(TokenKeyring keyring, Bodies bodies) {
    this.keyring = keyring;
    this.bodies = bodies;
  }

  public Route route() {
    return path(
        "token-keys",
        () -> post(() -> OnlyOperators.run("Keys of tokens can be replaced", this::rotate)));
  }

  private Route rotate() {
    return bodies.read(
        Rotate.class,
        asked ->
            onSuccess(
                keyring.rotate(asked.discard()),
                keys -> {
                  LOG.info(
                      "Key {} of tokens created, others discarded: {}",
                      keys.getFirst().key(),
                      asked.discard());
                  return complete(Bodies.json(201, new Rotated(keys)));
                }));
  }
}
