package kith.node.feature.identity;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.auth.WrappedSecrets;
import kith.node.auth.WrappedSecrets.Wrapped;
import kith.node.core.room.Invitations;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;

/// Sign-ins that are under way, the identities of accounts, and the devices that signed in with
/// them. All nodes share them, so each request of a sign-in can reach another node.
record IdentityTable(Jdbc jdbc, WrappedSecrets secrets) {

  /// A sign-in that is under way.
  ///
  /// @param account to which the identity is to be linked; absent for a sign-in
  /// @param state secret, in JSON
  record Flow(
      String provider,
      Optional<String> account,
      String deviceName,
      boolean cookies,
      String state,
      Instant expires) {
    /// Omits the state.
    @Override
    public String toString() {
      return "Flow[" + provider + "]";
    }
  }

  record Link(String account, String provider, String issuer, String subject, Instant linked) {}

  /// A device that signed in with an identity.
  record Session(
      String account,
      String device,
      String provider,
      String issuer,
      String subject,
      Optional<String> session,
      Optional<String> refreshToken) {
    /// Omits the token.
    @Override
    public String toString() {
      return "Session[" + account + ", " + device + "]";
    }
  }

  private static String name(String id) {
    return "flow " + id;
  }

  /// False if too many are under way.
  CompletionStage<Boolean> begin(String id, Flow flow, int most) {
    var hash = Invitations.hash(id);
    var state = secrets.wrap(name(hash), flow.state().getBytes(StandardCharsets.UTF_8));
    return jdbc.update(
            """
            INSERT INTO identity_flow
              (id, provider, account, device_name, cookies, secret_id, secret, next_question, expires)
            SELECT ?, ?, ?, ?, ?, ?, ?, now(), ?
            WHERE (SELECT count(*) FROM identity_flow WHERE expires > now()) < ?
            """,
            hash,
            flow.provider(),
            flow.account(),
            flow.deviceName(),
            flow.cookies(),
            state.secretId(),
            state.bytes(),
            flow.expires(),
            most)
        .thenApply(rows -> rows == 1);
  }

  CompletionStage<Optional<Flow>> find(String id) {
    var hash = Invitations.hash(id);
    return jdbc.query(
            """
            SELECT provider, account, device_name, cookies, secret_id, secret, expires
            FROM identity_flow WHERE id = ? AND expires > now()
            """,
            row -> flow(hash, row),
            hash)
        .thenApply(rows -> rows.stream().flatMap(Optional::stream).findFirst());
  }

  private Optional<Flow> flow(String hash, ResultSet row) throws SQLException {
    var state =
        secrets.unwrap(
            name(hash), new Wrapped(Optional.ofNullable(row.getString(5)), row.getBytes(6)));
    if (state.isEmpty()) return Optional.empty();
    return Optional.of(
        new Flow(
            row.getString(1),
            Optional.ofNullable(row.getString(2)),
            row.getString(3),
            row.getBoolean(4),
            new String(state.get(), StandardCharsets.UTF_8),
            row.getTimestamp(7).toInstant()));
  }

  /// Stores the result of a step.
  CompletionStage<Integer> keep(String id, String state) {
    var hash = Invitations.hash(id);
    var wrapped = secrets.wrap(name(hash), state.getBytes(StandardCharsets.UTF_8));
    return jdbc.update(
        "UPDATE identity_flow SET secret_id = ?, secret = ? WHERE id = ?",
        wrapped.secretId(),
        wrapped.bytes(),
        hash);
  }

  /// True for one of several concurrent requests: it may ask the provider; the others may not until
  /// the time has passed.
  CompletionStage<Boolean> takeQuestion(String id, long millis) {
    return jdbc.update(
            """
            UPDATE identity_flow SET next_question = now() + ? * interval '1 millisecond'
            WHERE id = ? AND next_question <= now()
            """,
            millis,
            Invitations.hash(id))
        .thenApply(rows -> rows == 1);
  }

  /// True for one caller only.
  CompletionStage<Boolean> end(String id) {
    return jdbc.update("DELETE FROM identity_flow WHERE id = ?", Invitations.hash(id))
        .thenApply(rows -> rows == 1);
  }

  CompletionStage<Integer> removeExpired() {
    return jdbc.update("DELETE FROM identity_flow WHERE expires <= now()");
  }

  CompletionStage<Optional<String>> accountOf(String issuer, String subject) {
    return jdbc.query(
            "SELECT account FROM identity_link WHERE issuer = ? AND subject = ?",
            row -> row.getString(1),
            issuer,
            subject)
        .thenApply(rows -> rows.stream().findFirst());
  }

  /// The account that has the identity afterwards: this one, or the one that had it before. Empty
  /// if this account has another identity at the provider.
  CompletionStage<Optional<String>> link(Link link) {
    return jdbc.inTransaction(connection -> {
      Jdbc.change(
          connection,
          """
          INSERT INTO identity_link (issuer, subject, account, provider, linked)
          VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
          """,
          link.issuer(),
          link.subject(),
          link.account(),
          link.provider(),
          link.linked());
      return Jdbc.rows(
              connection,
              "SELECT account FROM identity_link WHERE issuer = ? AND subject = ?",
              row -> row.getString(1),
              link.issuer(),
              link.subject())
          .stream()
          .findFirst();
    });
  }

  CompletionStage<List<Link>> links(String account) {
    return jdbc.query(
        """
        SELECT account, provider, issuer, subject, linked FROM identity_link
        WHERE account = ? ORDER BY linked
        """,
        row ->
            new Link(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getTimestamp(5).toInstant()),
        account);
  }

  /// Removes an entry that no account confirms.
  CompletionStage<Integer> forget(String issuer, String subject, String account) {
    return jdbc.update(
        "DELETE FROM identity_link WHERE issuer = ? AND subject = ? AND account = ?",
        issuer,
        subject,
        account);
  }

  /// Removes a link, and returns the devices that signed in with it.
  CompletionStage<List<String>> unlink(String account, String provider) {
    return jdbc.inTransaction(connection -> {
      Jdbc.change(
          connection,
          "DELETE FROM identity_link WHERE account = ? AND provider = ?",
          account,
          provider);
      return Jdbc.rows(
          connection,
          "DELETE FROM identity_session WHERE account = ? AND provider = ? RETURNING device",
          row -> row.getString(1),
          account,
          provider);
    });
  }

  private static String ofSession(String account, String device) {
    return "session " + device + " " + account;
  }

  CompletionStage<Integer> began(Session session) {
    var token = session.refreshToken().map(it -> wrapped(session.account(), session.device(), it));
    return jdbc.update(
        """
        INSERT INTO identity_session
          (account, device, provider, issuer, subject, session, secret_id, refresh_token, asked,
           wrapped)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, now(), now())
        """,
        session.account(),
        session.device(),
        session.provider(),
        session.issuer(),
        session.subject(),
        session.session(),
        token.flatMap(Wrapped::secretId),
        token.map(Wrapped::bytes));
  }

  private Wrapped wrapped(String account, String device, String token) {
    return secrets.wrap(ofSession(account, device), token.getBytes(StandardCharsets.UTF_8));
  }

  /// A session about which the provider is to be asked.
  ///
  /// @param session without its token, if no secret of this node decrypts it
  /// @param wrapped when the token was encrypted; absent if that is long ago
  record Taken(Session session, Optional<Instant> wrapped) {}

  /// The session of a device, for one of several requests at a time: a provider takes the second
  /// use of a refresh token for a theft.
  CompletionStage<Optional<Taken>> takeSession(String account, String device, long millis) {
    return jdbc.query(
            """
            UPDATE identity_session SET asked = now()
            WHERE account = ? AND device = ? AND refresh_token IS NOT NULL
              AND asked <= now() - ? * interval '1 millisecond'
            RETURNING provider, issuer, subject, session, secret_id, refresh_token, wrapped
            """,
            row -> {
              var token =
                  secrets.unwrap(
                      ofSession(account, device),
                      new Wrapped(Optional.ofNullable(row.getString(5)), row.getBytes(6)));
              return new Taken(
                  new Session(
                      account,
                      device,
                      row.getString(1),
                      row.getString(2),
                      row.getString(3),
                      Optional.ofNullable(row.getString(4)),
                      token.map(it -> new String(it, StandardCharsets.UTF_8))),
                  Optional.ofNullable(row.getTimestamp(7)).map(Timestamp::toInstant));
            },
            account,
            device,
            millis)
        .thenApply(rows -> rows.stream().findFirst());
  }

  CompletionStage<Integer> keepToken(String account, String device, String token) {
    var wrapped = wrapped(account, device, token);
    return jdbc.update(
        """
        UPDATE identity_session SET secret_id = ?, refresh_token = ?, wrapped = now()
        WHERE account = ? AND device = ?
        """,
        wrapped.secretId(),
        wrapped.bytes(),
        account,
        device);
  }

  private record Kept(String account, String device, Wrapped token) {}

  /// Wraps all tokens with the current secret of the operator, so that the previous one is not
  /// needed any more. Tokens that no secret decrypts are left unchanged.
  CompletionStage<Integer> rewrap() {
    return rewrapAfter("", "", 0);
  }

  private CompletionStage<Integer> rewrapAfter(String account, String device, int done) {
    return jdbc.query(
            """
            SELECT account, device, secret_id, refresh_token FROM identity_session
            WHERE (account, device) > (?, ?) AND secret_id IS DISTINCT FROM ?
              AND refresh_token IS NOT NULL
            ORDER BY account, device LIMIT ?
            """,
            row ->
                new Kept(
                    row.getString(1),
                    row.getString(2),
                    new Wrapped(Optional.ofNullable(row.getString(3)), row.getBytes(4))),
            account,
            device,
            secrets.secretId(),
            Portions.REWRAPPED_SECRETS)
        .thenCompose(rows ->
            rows.isEmpty()
                ? CompletableFuture.completedFuture(done)
                : rewrap(rows)
                    .thenCompose(count ->
                        rewrapAfter(
                            rows.getLast().account(), rows.getLast().device(), done + count)));
  }

  private CompletionStage<Integer> rewrap(List<Kept> rows) {
    return jdbc.inTransaction(connection -> {
      int changed = 0;
      for (var row : rows) {
        var name = ofSession(row.account(), row.device());
        var token = secrets.unwrap(name, row.token());
        if (token.isEmpty()) continue;
        var again = secrets.wrap(name, token.get());
        // does not replace a token that the provider has issued meanwhile
        changed +=
            Jdbc.change(
                connection,
                """
                UPDATE identity_session SET secret_id = ?, refresh_token = ?, wrapped = now()
                WHERE account = ? AND device = ? AND refresh_token = ?
                """,
                again.secretId(),
                again.bytes(),
                row.account(),
                row.device(),
                row.token().bytes());
      }
      return changed;
    });
  }

  /// The devices that a log-out of the provider ends.
  CompletionStage<List<Session>> sessionsOf(String issuer, Provider.LogOut logOut) {
    return jdbc.query(
        """
        SELECT account, device, provider, subject FROM identity_session
        WHERE issuer = ? AND (? OR subject = ?) AND (? OR session = ?)
        """,
        row ->
            new Session(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                issuer,
                row.getString(4),
                Optional.empty(),
                Optional.empty()),
        issuer,
        logOut.subject().isEmpty(),
        logOut.subject().orElse(""),
        logOut.session().isEmpty(),
        logOut.session().orElse(""));
  }

  CompletionStage<Integer> ended(String account, String device) {
    return jdbc.update(
        "DELETE FROM identity_session WHERE account = ? AND device = ?", account, device);
  }
}
