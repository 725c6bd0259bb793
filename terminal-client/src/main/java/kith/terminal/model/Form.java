package kith.terminal.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import kith.protocol.rest.SignIn.OfferedProvider;

/// The form to sign up, log in or sign in with an identity provider, or to change the password.
///
/// @param focus the index of the focused field, or behind the shown fields that of a provider
/// @param isBusy the server's answer is pending
/// @param offer the ways to sign in at the server of the form
/// @param signIn present while the user approves it in a browser
/// @param problem shown below the fields; empty if there is none
public record Form(
    Kind kind,
    List<Field> fields,
    int focus,
    boolean isBusy,
    Offer offer,
    Optional<PendingSignIn> signIn,
    String problem) {
  public static final int SERVER = 0;
  public static final int USER = 1;

  /// The current password, in a change of the password.
  public static final int CURRENT = 1;

  /// The code of a second factor.
  public static final int CODE = 1;

  public static final int PASSWORD = 2;
  public static final int AGAIN = 3;

  public enum Kind {
    SIGN_UP,
    LOG_IN,

    /// The second step of a log-in.
    SECOND_FACTOR,
    NEW_PASSWORD,

    /// The identity providers of a server without passwords.
    PROVIDERS,

    /// Shows the page on which the user approves a sign-in.
    APPROVAL,

    /// Asks for the name of a new account of an identity provider.
    NAME
  }

  /// @param error shown beside the field; empty if there is none
  public record Field(String label, String text, boolean isSecret, String error) {
    Field with(String newText) {
      return new Field(label, newText, isSecret, "");
    }

    Field withError(String why) {
      return new Field(label, text, isSecret, why);
    }
  }

  public Form {
    fields = List.copyOf(fields);
  }

  private Form(Kind kind, List<Field> fields, int focus, Offer offer) {
    this(kind, fields, focus, false, offer, Optional.empty(), "");
  }

  public static Form of(String server) {
    return new Form(
        Kind.SIGN_UP,
        List.of(
            new Field("Server", server, false, ""),
            new Field("User name", "", false, ""),
            new Field("Password", "", true, ""),
            new Field("Once more", "", true, "")),
        USER,
        Offer.unknown(server));
  }

  /// A form to change the password of this user, whose name is shown and cannot be edited.
  public static Form ofNewPassword(String user) {
    return new Form(
        Kind.NEW_PASSWORD,
        List.of(
            new Field("User name", user, false, ""),
            new Field("Current", "", true, ""),
            new Field("New", "", true, ""),
            new Field("Once more", "", true, "")),
        CURRENT,
        Offer.unknown(""));
  }

  /// The second step: asks for a code.
  public Form ofSecondFactor() {
    return new Form(
        Kind.SECOND_FACTOR,
        List.of(
            new Field("User name", text(USER), false, ""),
            new Field("Code", "", false, ""),
            // not shown, for the way back
            new Field("Server", text(SERVER), false, "")),
        CODE,
        offer);
  }

  /// Shows the page on which the user approves a sign-in.
  public Form waitingFor(PendingSignIn begun) {
    return new Form(Kind.APPROVAL, fields, focus, false, offer, Optional.of(begun), "");
  }

  /// Asks for the name of the new account.
  public Form askingForName(PendingSignIn begun, String text) {
    return new Form(
        Kind.NAME,
        List.of(new Field("User name", text, false, "")),
        0,
        false,
        offer,
        Optional.of(begun),
        "");
  }

  /// The form in its state before a sign-in with a provider.
  ///
  /// @param why the sign-in ended
  public Form withoutSignIn(String why) {
    var empty = Form.of(offer.server()).offering(offer);
    int first = empty.shown().size();
    return new Form(
        empty.kind,
        empty.fields,
        offer.providers().isEmpty() ? empty.focus : first,
        false,
        offer,
        Optional.empty(),
        why);
  }

  /// This form with the ways to sign in that the server describes.
  public Form offering(Offer newOffer) {
    var fitting =
        newOffer.hasPasswords()
            ? kind == Kind.PROVIDERS ? Kind.SIGN_UP : kind
            : kind == Kind.SIGN_UP || kind == Kind.LOG_IN ? Kind.PROVIDERS : kind;
    var changed = new Form(fitting, fields, focus, isBusy, newOffer, signIn, problem);
    // a field that is gone, or a provider of another server
    boolean isGone = focus >= changed.shown().size() || fitting != kind;
    if (!isGone) return changed;
    return changed.focused(fitting == Kind.SIGN_UP ? USER : SERVER + 1);
  }

  private Form logInAgain() {
    var empty = Form.of(text(PASSWORD)).offering(offer).switched();
    return empty.with(USER, empty.fields.get(USER).with(text(SERVER))).focused(PASSWORD);
  }

  public boolean isSignUp() {
    return kind == Kind.SIGN_UP;
  }

  /// A login has no field for a repeated password.
  public List<Field> shown() {
    return switch (kind) {
      case LOG_IN -> fields.subList(0, AGAIN);
      case SECOND_FACTOR -> fields.subList(0, PASSWORD);
      case SIGN_UP, NEW_PASSWORD, NAME -> fields;
      case PROVIDERS -> fields.subList(0, USER);
      case APPROVAL -> List.of();
    };
  }

  /// The providers to choose from, below the fields.
  public List<OfferedProvider> providers() {
    return switch (kind) {
      case SIGN_UP, LOG_IN, PROVIDERS -> offer.providers();
      case SECOND_FACTOR, NEW_PASSWORD, APPROVAL, NAME -> List.of();
    };
  }

  /// The focused provider; absent while a field has the focus.
  public Optional<OfferedProvider> provider() {
    int index = focus - shown().size();
    return index < 0 ? Optional.empty() : providers().stream().skip(index).findFirst();
  }

  /// Whether the server of the form may be changed, and has not yet described its ways to sign in.
  public boolean isForOtherServer() {
    boolean hasServer = kind == Kind.SIGN_UP || kind == Kind.LOG_IN || kind == Kind.PROVIDERS;
    return hasServer && !(offer.isKnown() && offer.server().equals(text(SERVER).strip()));
  }

  public String text(int field) {
    return fields.get(field).text();
  }

  private Form with(int index, Field field) {
    var changed = new ArrayList<>(fields);
    changed.set(index, field);
    return new Form(kind, changed, focus, isBusy, offer, signIn, "");
  }

  public Form typed(String text) {
    return with(focus, fields.get(focus).with(text));
  }

  public Form withError(int field, String why) {
    return with(field, fields.get(field).withError(why)).focused(field).busy(false);
  }

  public Form focused(int field) {
    int size = shown().size() + providers().size();
    int next = Math.floorMod(field, Math.max(1, size));
    boolean hasName = kind == Kind.NEW_PASSWORD || kind == Kind.SECOND_FACTOR;
    if (hasName && next == 0) next = field < focus ? shown().size() - 1 : CURRENT;
    return new Form(kind, fields, next, isBusy, offer, signIn, problem);
  }

  public Form busy(boolean is) {
    return new Form(kind, fields, focus, is, offer, signIn, is ? "" : problem);
  }

  public Form withProblem(String why) {
    return new Form(kind, fields, focus, false, offer, signIn, why);
  }

  public Form switched() {
    if (kind == Kind.SECOND_FACTOR) return logInAgain();
    if (!isSignUp() && kind != Kind.LOG_IN) return this;
    // an error about a new password may not apply to an existing one
    var clean = fields.stream().map(field -> field.with(field.text())).toList();
    var other = isSignUp() ? Kind.LOG_IN : Kind.SIGN_UP;
    return new Form(other, clean, Math.min(focus, PASSWORD), isBusy, offer, signIn, "");
  }

  /// Omits the passwords.
  @Override
  public String toString() {
    return "Form[" + Collections.nCopies(fields.size(), "…") + "]";
  }
}
