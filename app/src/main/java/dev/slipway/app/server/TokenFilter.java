package dev.slipway.app.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nobody in who does not show the token: in the header {@code Authorization: Bearer}, or, for
 * the page in a browser, as the parameter {@code token}. A request under another host name is
 * refused, so that no page elsewhere can reach us through the browser.
 */
final class TokenFilter extends OncePerRequestFilter {
  private final byte[] token;

  TokenFilter(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String host = request.getServerName();
    if (!host.equals("127.0.0.1") && !host.equals("localhost")) {
      response.sendError(HttpServletResponse.SC_MISDIRECTED_REQUEST);
    } else if (!shown(request)) {
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      response.setContentType("application/json");
      response
          .getWriter()
          .write("{\"error\":\"show the token of control-plane.json as Authorization: Bearer\"}");
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean shown(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header != null && header.startsWith("Bearer ")) {
      return matches(header.substring("Bearer ".length()));
    }
    return request.getMethod().equals("GET") && matches(request.getParameter("token"));
  }

  private boolean matches(@Nullable String given) {
    return given != null && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
  }
}
