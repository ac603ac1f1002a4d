package io.portcullis.socketio.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Thread-safe. Somebody who calls the administration, with or without the right to. */
public final class Administrator {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI server;
    private final Optional<String> account;

    private Administrator(URI server, Optional<String> account) {
        this.server = server.resolve("/portcullis/");
        this.account = account;
    }

    /** An administrator of the fixture. */
    public static Administrator root() {
        return root(FixtureServer.uri());
    }

    public static Administrator root(URI server) {
        return new Administrator(server, Optional.of("root"));
    }

    /** Any of the fixture's accounts. */
    public static Administrator as(String name) {
        return new Administrator(FixtureServer.uri(), Optional.of(name));
    }

    public static Administrator nobody() {
        return new Administrator(FixtureServer.uri(), Optional.empty());
    }

    /** The header with which an account of the fixture logs in. */
    public static String login(String name) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((name + ":" + name + "-password").getBytes(StandardCharsets.UTF_8));
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    public HttpResponse<String> delete(String path, String... headers) {
        return send("DELETE", path, "", headers);
    }

    /** Sends JSON. */
    public HttpResponse<String> post(String path, String body) {
        return send("POST", path, body, "Content-Type", "application/json");
    }

    /** Sends JSON. */
    public HttpResponse<String> patch(String path, String body) {
        return send("PATCH", path, body, "Content-Type", "application/json");
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        account.ifPresent(name -> request.header("Authorization", login(name)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
            if (!path.startsWith("/")) {
                OpenApi.check(method, path, answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a path that answers with a list has. */
    public List<JsonObject> list(String path) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonArray array = SocketClient.array(answer.body());
        return array.getValuesAs(JsonObject.class);
    }

    /** What a path that answers with an object has. */
    public JsonObject object(String path) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return EngineClient.json(answer.body());
    }

    /** Allows an origin, and gives the id of the entry. */
    public String allow(String endpoint, String origin) {
        HttpResponse<String> answer =
                post("origins", "{\"endpoint\":\"" + endpoint + "\",\"origin\":\"" + origin + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return EngineClient.json(answer.body()).getString("id");
    }
}
