package kith.terminal.command;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import kith.protocol.rest.SignIn.BegunSignIn;
import kith.terminal.model.Offer;
import kith.terminal.net.Logins;
import kith.terminal.net.Refused;
import kith.terminal.net.Unreachable;
import kith.terminal.profile.Access;
import kith.terminal.runtime.Authenticator;
import picocli.CommandLine.ParameterException;

/// Remembers the ticket of a log-in whose second step follows.
final class Entrance implements Authenticator {
  private final Options options;
  private Optional<String> ticket = Optional.empty();

  Entrance(Options options) {
    this.options = options;
  }

  /// The form shows the first node of a server. If the user did not change it, the others are used,
  /// too: this node may fail while the user signs in.
  private void choose(String server) {
    var address = address(server);
    if (!address.equals(options.serversOrDefault().getFirst())) options.setServer(address);
  }

  private String address(String server) {
    try {
      return options.address(server);
    } catch (ParameterException wrong) {
      throw new Unreachable(String.valueOf(wrong.getMessage()));
    }
  }

  /// May run beside a log-in, and does not choose the server.
  @Override
  public Offer offer(String server) {
    var logins = new Logins(List.of(URI.create(address(server))));
    var said =
        logins.description().orElseThrow(() -> new Unreachable("It does not describe itself."));
    return Offer.of(server, said.passwords().orElse(true), said.providers().orElse(List.of()));
  }

  @Override
  public synchronized BegunSignIn beginSignIn(String server, String provider) {
    choose(server);
    return options.beginSignIn(provider);
  }

  @Override
  public synchronized Access finishSignIn(String signIn, Optional<String> user) {
    return options.finishSignIn(signIn, user);
  }

  @Override
  public synchronized Access logIn(String server, String user, String password, boolean isNew) {
    choose(server);
    try {
      return isNew ? options.signUp(user, password) : options.logIn(user, password);
    } catch (Refused refused) {
      ticket = refused.ticket();
      throw refused;
    }
  }

  @Override
  public synchronized Access secondFactor(String code) {
    return options.secondFactor(ticket.orElseThrow(), code);
  }
}
